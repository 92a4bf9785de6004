import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tools = [{ type: "function", function: { name: "get_weather", parameters } }];
const run = (name, args) => `${name} ${args.city}: 18 °C`;

const messages = [{ role: "user", content: "How warm is it in Oslo?" }];
for (;;) {
  const stream = await client.chat.completions.create({ model: "gpt-5.4", messages, tools, stream: true });
  const calls = [];
  for await (const { choices } of stream) {
    const delta = choices[0]?.delta;
    process.stdout.write(delta?.content ?? "");
    for (const part of delta?.tool_calls ?? []) {
      // Parts of one call have the same index. The first has its ID and name, the others parts of the arguments.
      calls[part.index] ??= {
        id: part.id,
        type: "function",
        function: { name: part.function.name, arguments: "" },
      };
      calls[part.index].function.arguments += part.function?.arguments ?? "";
    }
  }
  if (calls.length === 0) break;
  messages.push({ role: "assistant", content: null, tool_calls: calls });
  for (const call of calls) {
    const content = run(call.function.name, JSON.parse(call.function.arguments));
    messages.push({ role: "tool", tool_call_id: call.id, content });
  }
}
