import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    { servers: [{ url: "https://api.example.com" }, { url: "/v1" }], paths: { "/a": { servers: [] } } },
  ],
  fails: [
    {
      document: {
        servers: [{ url: "http://api.example.com" }],
        paths: { "/pets": { get: { servers: [{ url: "ftp://example.com" }] } } },
      },
      findings: [
        {
          path: "servers/0/url",
          message: "The server http://api.example.com is not reached by https. Write https://.",
        },
        {
          path: "paths//pets/get/servers/0/url",
          message: "The server ftp://example.com is not reached by https. Write https://.",
        },
      ],
    },
  ],
  bite: {
    change: ["openapi.yaml", "- url: https://api.routescope.ai", "- url: http://api.routescope.ai"],
    found: ["openapi.yaml", "- url: http://"],
  },
};
