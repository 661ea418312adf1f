import { expect, test } from 'vitest';
import { isSensitive } from '../../../src/model/sensitive.ts';

test.each([
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'set-cookie',
  'X-Api-Key',
  'apikey',
  'X-Auth-Token',
  'X-CSRF-Token',
  'x-amz-security-token',
  'X-Session-Id',
])('%s is a secret', (name) => expect(isSensitive(name)).toBe(true));

test.each([
  'Accept',
  'Cache-Control',
  'Content-Type',
  'Last-Event-ID',
  'Origin',
  'Sec-Fetch-Site',
  'Access-Control-Allow-Credentials',
  'WWW-Authenticate',
  'X-Request-Id',
])('%s is none', (name) => expect(isSensitive(name)).toBe(false));
