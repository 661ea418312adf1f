import type { FaultType } from '../protocol/command.ts';
import type { Attempt, Ending } from './attempt.ts';
import { corsProblem, credentialsProblem } from './cors.ts';
import { headerOf, type NetworkRequest } from './network-request.ts';

/** What ended an attempt. */
export type CauseCode =
  // What somebody did on purpose.
  | 'forced'
  | 'forced-in-network'
  /** A fault other than a reset: which one is said beside it. */
  | 'fault'
  | 'close'
  | 'unload'
  | 'stopped'
  // What the server answered.
  | 'end'
  | 'no-content'
  | 'status'
  | 'content-type'
  | 'charset'
  | 'cors'
  | 'redirects'
  // What the network did.
  | 'reset'
  | 'cut'
  | 'empty'
  | 'refused'
  | 'dns'
  | 'timeout'
  | 'offline'
  | 'network-changed'
  | 'certificate'
  | 'network'
  // What the browser did not let out.
  | 'blocked'
  | 'blocked-by-extension'
  /** The network was watched, and saw no request. */
  | 'unseen'
  // Nobody told.
  | 'unknown';

export interface Explanation {
  code: CauseCode;
  /**
   * `status`: the number · `content-type`, `charset`: what it was, '' for none · `cors`: the header that is missing or
   * wrong · `network`: the browser's word.
   */
  detail?: string;
  /** The fault that made it so, where it was one of ours and no plain reset. */
  fault?: FaultType;
}

/** The browsers' words for how a request failed. [chrome] net/base/net_error_list.h · [firefox] xpcom/base/ErrorList.py */
const WORDS: [RegExp, CauseCode][] = [
  [/ERR_CONNECTION_(RESET|ABORTED)|NS_ERROR_NET_RESET/, 'reset'],
  [/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH|NS_ERROR_NET_PARTIAL_TRANSFER/, 'cut'],
  [/ERR_(EMPTY_RESPONSE|CONNECTION_CLOSED)|NS_ERROR_NET_EMPTY_RESPONSE/, 'empty'],
  [/ERR_CONNECTION_REFUSED|NS_ERROR_CONNECTION_REFUSED/, 'refused'],
  [/ERR_NAME_|NS_ERROR_UNKNOWN_(HOST|PROXY_HOST)/, 'dns'],
  [/TIMED_OUT|NS_ERROR_NET_TIMEOUT/, 'timeout'],
  [/ERR_INTERNET_DISCONNECTED|NS_ERROR_OFFLINE/, 'offline'],
  [/ERR_NETWORK_(CHANGED|IO_SUSPENDED)|NS_ERROR_NETWORK_LINK/, 'network-changed'],
  [/ERR_(CERT|SSL)_|SEC_ERROR|SSL_ERROR|NS_ERROR_NET_INADEQUATE_SECURITY/, 'certificate'],
  [/ERR_TOO_MANY_REDIRECTS|NS_ERROR_REDIRECT_LOOP/, 'redirects'],
  [/ERR_BLOCKED_BY_CLIENT/, 'blocked-by-extension'],
  [/ERR_BLOCKED_BY|ERR_UNSAFE_PORT|NS_ERROR_(CONTENT_BLOCKED|PORT_ACCESS_NOT_ALLOWED)/, 'blocked'],
  [/ERR_ABORTED|NS_BINDING_ABORTED|NS_ERROR_ABORT/, 'stopped'],
];

/** Why an attempt ended, from all that is known of it; undefined while it lasts. */
export function explain(attempt: Attempt): Explanation | undefined {
  const { ended, request } = attempt;
  if (!ended) return undefined;
  const purpose = onPurpose(ended);
  if (purpose) return purpose;
  // A managed connection knows what it was answered; of a lost network, the browser knows more.
  if (ended.cause && ended.cause.type !== 'network' && ended.cause.type !== 'cors') return fromPage(ended);
  const why = request && fromNetwork(request, attempt.announced !== undefined);
  // Where the network has no word for it, or none yet, the page's is all there is.
  const isVague =
    why === undefined || why.code === 'unknown' || (why.code === 'network' && ended.cause?.type === 'cors');
  if (ended.cause && isVague) return fromPage(ended);
  if (why) return why;
  return { code: attempt.unseen ? 'unseen' : 'unknown' };
}

/** Why a request for an event stream ended. `announced`: it had been accepted as one before. */
export function fromNetwork(request: NetworkRequest, announced: boolean): Explanation {
  const { response, ended } = request;
  const error = ended?.error;
  const code = error === undefined ? undefined : WORDS.find(([word]) => word.test(error))?.[1];
  // The last answer in a circle is one more redirect.
  if (code === 'redirects') return { code };
  if (response && !announced) {
    // Whoever may not read the answer is not told its status either; whoever may, can use it.
    const problem = corsProblem(request);
    if (problem !== undefined) return { code: 'cors', detail: problem };
    const { status, headers } = response;
    if (status === 204) return { code: 'no-content' };
    if (status !== 200) return { code: 'status', detail: `${status}` };
    const mismatch = wrongType(headerOf(headers, 'content-type') ?? '');
    if (mismatch) return mismatch;
  }
  if (error === undefined) return { code: ended ? 'end' : 'unknown' };
  // Answered as it should be, and yet not given to the page: its credentials were not allowed.
  const refusal =
    response && !announced && /ERR_FAILED|NS_ERROR_DOM_BAD_URI/.test(error) && credentialsProblem(request);
  if (refusal) return { code: 'cors', detail: refusal };
  // [chrome] What a worker or a script gives up ends with one word or the other; a network that is lost has its own.
  if (announced && /ERR_FAILED/.test(error)) return { code: 'stopped' };
  return code ? { code } : { code: 'network', detail: error };
}

/** What keeps a content type from being that of an event stream. [chrome] A charset must be utf-8, to the letter. */
function wrongType(type: string): Explanation | undefined {
  if (!/^\s*text\/event-stream\s*(;|$)/i.test(type)) return { code: 'content-type', detail: type };
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(type)?.[1];
  return charset === undefined || charset.toLowerCase() === 'utf-8' ? undefined : { code: 'charset', detail: charset };
}

function onPurpose(ended: Ending): Explanation | undefined {
  const { by, forced, inNetwork, cause, fault } = ended;
  if (by === 'close' || by === 'unload') return { code: by };
  if (cause?.type === 'unload') return { code: 'unload' };
  if (inNetwork) return { code: 'forced-in-network' };
  if (!forced) return undefined;
  if (fault === undefined || fault === 'reset') return { code: 'forced' };
  // What the page was answered is what it saw, and says more than that it was not so.
  const isAnswer = fault === 'respond' && cause && cause.type !== 'network';
  return isAnswer ? { ...fromPage(ended), fault } : { code: 'fault', fault };
}

function fromPage({ cause }: Ending): Explanation {
  switch (cause?.type) {
    case 'status':
      return cause.status === 204 ? { code: 'no-content' } : { code: 'status', detail: `${cause.status}` };
    case 'content-type':
      return wrongType(cause.contentType) ?? { code: 'content-type', detail: cause.contentType };
    case 'cors':
      return { code: 'cors', detail: '' };
    case 'network':
      return { code: 'network', detail: '' };
    case undefined:
      return { code: 'unknown' };
    case 'end':
    case 'blocked':
    case 'stopped':
    case 'unload':
      return { code: cause.type };
  }
}
