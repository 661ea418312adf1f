import type { CauseCode, Explanation } from '../model/cause.ts';
import { faultEnding, faultName } from './fault-wording.ts';
import { type MessageKey, text } from './text.ts';

/**
 * One table from what ended an attempt to words: what it is called in a few of them, what happened in a sentence, and
 * what to look at.
 */
const CAUSES: Record<CauseCode, { label: MessageKey; why: MessageKey; advice?: MessageKey }> = {
  forced: { label: 'outcomeReset', why: 'whyForced' },
  'forced-in-network': { label: 'outcomeNetworkReset', why: 'whyForcedInNetwork' },
  fault: { label: 'causeForced', why: 'whyFault' },
  close: { label: 'outcomeClose', why: 'whyClose', advice: 'adviceClose' },
  unload: { label: 'outcomeUnload', why: 'whyUnload' },
  stopped: { label: 'causeStopped', why: 'whyStopped', advice: 'adviceStopped' },
  end: { label: 'causeEnd', why: 'whyEnd', advice: 'adviceEnd' },
  'no-content': { label: 'causeNoContent', why: 'whyNoContent', advice: 'adviceNoContent' },
  status: { label: 'causeStatus', why: 'whyStatus', advice: 'adviceStatus' },
  'content-type': { label: 'causeContentType', why: 'whyContentType', advice: 'adviceContentType' },
  charset: { label: 'causeCharset', why: 'whyCharset', advice: 'adviceCharset' },
  cors: { label: 'causeCors', why: 'whyCors', advice: 'adviceCors' },
  redirects: { label: 'causeRedirects', why: 'whyRedirects', advice: 'adviceRedirects' },
  reset: { label: 'causeConnectionReset', why: 'whyConnectionReset', advice: 'adviceConnectionReset' },
  cut: { label: 'causeCut', why: 'whyCut', advice: 'adviceCut' },
  empty: { label: 'causeEmpty', why: 'whyEmpty', advice: 'adviceEmpty' },
  refused: { label: 'causeRefused', why: 'whyRefused', advice: 'adviceRefused' },
  dns: { label: 'causeDns', why: 'whyDns', advice: 'adviceDns' },
  timeout: { label: 'causeTimeout', why: 'whyTimeout', advice: 'adviceTimeout' },
  offline: { label: 'causeOffline', why: 'whyOffline' },
  'network-changed': { label: 'causeNetworkChanged', why: 'whyNetworkChanged' },
  certificate: { label: 'causeCertificate', why: 'whyCertificate', advice: 'adviceCertificate' },
  network: { label: 'causeNetwork', why: 'whyNetwork' },
  blocked: { label: 'causeBlocked', why: 'whyBlocked', advice: 'adviceBlocked' },
  'blocked-by-extension': { label: 'causeBlockedByExtension', why: 'whyBlockedByExtension' },
  unseen: { label: 'causeUnseen', why: 'whyUnseen', advice: 'adviceBlocked' },
  unknown: { label: 'causeUnknown', why: 'whyUnknown' },
};

/** `HTTP 503`, `connection reset`, `HTTP 503 (forced)`; '' where nobody knows. */
export function causeLabel({ code, detail = '', fault }: Explanation): string {
  if (code === 'unknown') return '';
  if (code === 'fault' && fault) return faultEnding(fault);
  const label = text(CAUSES[code].label, detail);
  return fault ? text('causeForced', label) : label;
}

/** What happened, as a sentence. */
export function causeSentence({ code, detail = '', fault }: Explanation): string {
  if (code === 'fault' && fault) return text('whyFault', faultName(fault));
  const sentence = text(CAUSES[code].why, detail === '' ? text('none') : detail);
  return fault ? text('whyFaultAnswer', sentence) : sentence;
}

/** What to look at; '' where there is nothing to do: what we did needs no mending. */
export function causeAdvice({ code, fault }: Explanation): string {
  const { advice } = CAUSES[code];
  return advice === undefined || fault ? '' : text(advice);
}
