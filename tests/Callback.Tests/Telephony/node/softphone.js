// Reads {token, secret}, has Twilio's own library's JWT checker verify it, and answers its head and payload.
const jwt = require("jsonwebtoken");

let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const { token, secret, now } = JSON.parse(text);
  const { header, payload } = jwt.verify(token, secret, { complete: true, algorithms: ["HS256"], clockTimestamp: now });
  process.stdout.write(JSON.stringify({ header, payload }));
});
