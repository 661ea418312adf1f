import type { Answer, Ask } from '../protocol/ask.ts';
import { FateObserver } from './fate-observer.ts';
import { mayChange } from './permissions.ts';
import { removeResumeHeader, setResumeHeader } from './resume-header.ts';

const observer = new FateObserver();

/** Does for a managed connection what its page cannot do; see protocol/ask.ts. */
export async function help(
  ask: Ask,
  { tab, frame, document }: { tab: number; frame: number; document: string },
): Promise<Answer | undefined> {
  const { type, request } = ask;
  switch (type) {
    case 'expect': {
      const { url, lastEventId } = ask;
      // The user may have taken access away since the document began. Nothing is seen of its requests then, and it must
      // not be told that they were never made.
      if (!(await mayChange(document, url))) return { type: 'expected', resumed: false };
      const [resumed] = await Promise.all([
        lastEventId === undefined ? false : setResumeHeader(request, lastEventId),
        observer.expect(request, { tab, frame, url }),
      ]);
      return { type: 'expected', resumed };
    }
    case 'answered':
      await removeResumeHeader(request);
      return undefined;
    case 'fate': {
      const fate = await observer.fate(request);
      return fate && { type: 'fate', fate };
    }
    case 'forget':
      observer.forget(request);
      return undefined;
  }
}
