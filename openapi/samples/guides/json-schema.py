import json, os
from openai import OpenAI

client = OpenAI(base_url="https://api.routescope.ai/v1", api_key=os.environ["ROUTESCOPE_API_KEY"])
schema = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "born": {"type": "integer"}},
    "required": ["name", "born"],
    "additionalProperties": False,
}
answer = client.chat.completions.create(
    model="gpt-5.4",
    messages=[{"role": "user", "content": "Who wrote the first program?"}],
    response_format={"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": schema}},
)
print(json.loads(answer.choices[0].message.content)["name"])
