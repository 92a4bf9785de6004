const response = await fetch("https://api.routescope.ai/v1/jobs", {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.ROUTESCOPE_API_KEY}`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({ name: "nightly" }),
});
const { steps } = await response.json();
for (const { step } of steps) console.log(step);
