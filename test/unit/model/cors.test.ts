import { describe, expect, test } from 'vitest';
import { fromNetwork } from '../../../src/model/cause.ts';
import { requestOf } from '../../support/network-story.ts';

const SAME = 'request https://app.test/events';
const OTHER = 'request https://api.test/events';

/** The code, and what it is about, in one text. */
const why = (text: string, announced: boolean): string => {
  const { code, detail } = fromNetwork(requestOf(text), announced);
  return detail === undefined ? code : `${code}: ${detail}`;
};

describe('CORS', () => {
  const ORIGIN = 'Access-Control-Allow-Origin';
  const CREDENTIALS = 'Access-Control-Allow-Credentials';
  // [spec] Fetch, "CORS check". The words are the measured ones: net::ERR_FAILED, NS_ERROR_DOM_BAD_URI.
  test.each([
    ['no header', `${OTHER} · response 200 · end FAILED`, `cors: ${ORIGIN}`],
    ['no header, and a status that may not be read', `${OTHER} · response 503 · end FAILED`, `cors: ${ORIGIN}`],
    [
      'another origin',
      `${OTHER} · response 200 allow=https://www.test · end FAILED`,
      `cors: ${ORIGIN}: https://www.test`,
    ],
    ['null, where that is not our origin', `${OTHER} · response 200 allow=null · end FAILED`, `cors: ${ORIGIN}: null`],
    ['* with credentials', `${OTHER} · response 200 allow=* credentials · end FAILED`, `cors: ${ORIGIN}: *`],
    ['credentials not allowed', `${OTHER} · response 200 allow=https://app.test · end FAILED`, `cors: ${CREDENTIALS}`],
    ['a status that may be read', `${OTHER} · response 503 allow=* · end`, 'status: 503'],
    [
      'a type that may be read',
      `${OTHER} · response 200 allow=* type=text/html · end FAILED`,
      'content-type: text/html',
    ],
    ['allowed', `${OTHER} · response 200 allow=https://app.test · end RST`, 'reset'],
    [
      'another port is another origin',
      'request https://app.test:8443/e · response 200 · end FAILED',
      `cors: ${ORIGIN}`,
    ],
    ['our own origin needs no header', `${SAME} · response 200 · end RST`, 'reset'],
    ['and whatever befell it, that was not it', `${SAME} · response 200 · end FAILED`, 'network: net::ERR_FAILED'],
    ['an opaque origin is null', `${OTHER} from=null · response 200 allow=null · end`, 'end'],
    [
      'no header [firefox]',
      'request https://api.test/e from=https://app.test · response 200 · end NS_ERROR_DOM_BAD_URI',
      `cors: ${ORIGIN}`,
    ],
  ])('%s', (_, text, expected) => {
    expect(why(text, false)).toBe(expected);
  });

  test('does not explain how a stream ended that the page was given', () => {
    const text = `${OTHER} · response 200 allow=https://app.test · end FAILED`;
    expect(why(text, true)).toBe('stopped');
  });

  test('a missing header is what is missing also where nobody told who asked [firefox]', () => {
    const { initiator: _, ...request } = requestOf(`${OTHER} · response 200 · end NS_ERROR_DOM_BAD_URI`);
    expect(fromNetwork(request, false)).toEqual({ code: 'cors', detail: ORIGIN });
  });

  // [spec] HTTP-redirect fetch: "If request's current URL's origin is not same origin with locationURL's origin, and
  // request's origin is not same origin with request's current URL's origin, then set request's [tainted origin flag]":
  // then its origin is serialized as "null", for good.
  test.each([
    [
      'from us to others, they must name us',
      `${SAME} · redirect 307 https://api.test/e · response 200 allow=https://app.test · end`,
      'end',
    ],
    [
      'from us to others, null is not us',
      `${SAME} · redirect 307 https://api.test/e · response 200 allow=null · end FAILED`,
      `cors: ${ORIGIN}: null`,
    ],
    [
      'among others of one origin, they must name us',
      `${OTHER} · redirect 307 https://api.test/e · response 200 allow=https://app.test · end`,
      'end',
    ],
    [
      'from others to yet others, we are null',
      `${OTHER} · redirect 307 https://cdn.test/e · response 200 allow=null · end`,
      'end',
    ],
    [
      'from others to yet others, our name is not enough',
      `${OTHER} · redirect 307 https://cdn.test/e · response 200 allow=https://app.test · end FAILED`,
      `cors: ${ORIGIN}: https://app.test`,
    ],
    [
      'from others to yet others, we are null for good',
      `${OTHER} · redirect 307 https://cdn.test/e · redirect 307 https://cdn.test/f · response 200 allow=https://app.test`,
      `cors: ${ORIGIN}: https://app.test`,
    ],
    [
      'from others to yet others, * will do',
      `${OTHER} · redirect 307 https://cdn.test/e · response 200 allow=* · end`,
      'end',
    ],
    [
      'from others back to us, we must allow null',
      `${OTHER} · redirect 307 https://app.test/e · response 200 · end FAILED`,
      `cors: ${ORIGIN}`,
    ],
  ])('after a redirect %s', (_, text, expected) => {
    expect(why(text, false)).toBe(expected);
  });
});
