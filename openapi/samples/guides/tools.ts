import { type ChatCompletionMessageParam, type ChatCompletionTool, Routescope } from "@routescope/api";

const client = new Routescope();
const tools: ChatCompletionTool[] = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "Get the current weather of a city.",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];
const run = (name: string, args: { city: string }) => `${name} ${args.city}: 18 °C`;

const messages: ChatCompletionMessageParam[] = [{ role: "user", content: "How warm is it in Oslo?" }];
for (;;) {
  const stream = await client.chat.completions.create({ model: "gpt-5.4", messages, tools, stream: true });
  stream.on("content", (delta) => process.stdout.write(delta));
  const { choices } = await stream.finalChatCompletion();
  const message = choices[0]?.message;
  if (!message?.tool_calls) break;
  messages.push(message);
  for (const call of message.tool_calls) {
    if (call.type === "custom") continue;
    const { name, arguments: args } = call.function;
    messages.push({ role: "tool", tool_call_id: call.id, content: run(name, JSON.parse(args)) });
  }
}
