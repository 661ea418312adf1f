/** Names of headers (or parameters) whose values let whoever has them act as the user. */
const SENSITIVE =
  /^(cookie2?|set-cookie2?|x-amz-security-token)$|auth|token|secret|api-?key|password|credential|signature|session/i;

/** Is this header's value a secret, which is shown and exported only when the user asks for it? */
export const isSensitive = (name: string): boolean =>
  SENSITIVE.test(name) && !/^(sec-|access-control-|www-authenticate$|proxy-authenticate$)/i.test(name);
