import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

stream = client.chat.completions.create(
    model="gpt-5.4",
    messages=[{"role": "user", "content": "Introduce Routescope API in one sentence."}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
