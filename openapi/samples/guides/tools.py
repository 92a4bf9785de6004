import json, os
from openai import OpenAI

client = OpenAI(base_url="https://api.routescope.ai/v1", api_key=os.environ["ROUTESCOPE_API_KEY"])
parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
tools = [{"type": "function", "function": {"name": "get_weather", "parameters": parameters}}]
messages = [{"role": "user", "content": "How warm is it in Oslo?"}]

while True:
    answer = client.chat.completions.create(model="gpt-5.4", messages=messages, tools=tools)
    message = answer.choices[0].message
    if not message.tool_calls:
        break
    messages.append(message)
    for call in message.tool_calls:
        city = json.loads(call.function.arguments)["city"]
        messages.append({"role": "tool", "tool_call_id": call.id, "content": f"{city}: 18 °C"})
print(message.content)
