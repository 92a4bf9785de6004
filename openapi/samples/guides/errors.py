import os
from openai import BadRequestError, OpenAI, RateLimitError

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
    timeout=60,
    max_retries=3,
)
try:
    answer = client.chat.completions.create(
        model="gpt-5.4",
        messages=[{"role": "user", "content": "Say hello."}],
    )
    print(answer.choices[0].message.content)
except BadRequestError as error:
    print("Correct", error.param, error.message)
except RateLimitError as error:
    print("Try again later", error.request_id)
