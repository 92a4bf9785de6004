import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

completion = client.chat.completions.create(
    model="gpt-5.4",
    messages=[
        {
            "role": "user",
            "content": "Introduce Routescope API in one sentence.",
        },
    ],
    temperature=0.7,
)
print(completion.choices[0].message.content)
