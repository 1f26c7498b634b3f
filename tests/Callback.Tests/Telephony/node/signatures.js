// Reads cases {token, url, params, header} and answers what Twilio's own library expects and whether it takes the header.
const { getExpectedTwilioSignature, validateRequest } = require("twilio/lib/webhooks/webhooks");

let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const answers = JSON.parse(text).map(({ token, url, params, header }) => ({
    expected: getExpectedTwilioSignature(token, url, params),
    valid: validateRequest(token, header, url, params),
  }));
  process.stdout.write(JSON.stringify(answers));
});
