import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

completion = client.chat.completions.create(
    model="qwen3-max",
    messages=[{"role": "user", "content": "How many primes are below 20?"}],
    extra_body={"enable_thinking": True},
)
print(completion.choices[0].message.reasoning_content)
print(completion.choices[0].message.content)
