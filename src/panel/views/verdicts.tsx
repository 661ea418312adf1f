import './findings.css';
import type { Verdict } from '../../model/verdict.ts';
import { isDamaged } from '../../model/verdict-evidence.ts';
import { verdictsOf } from '../../model/verdict-list.ts';
import { clock, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { resumptionAdvice, resumptionWhy, resumptionWords, verdictFacts } from '../verdict-wording.ts';
import { EvidenceButtons } from './evidence-buttons.tsx';

/** More are not looked at; the list of attempts has them all. */
const MOST = 100;

/** What became of the selected source at each of its reconnects, the newest first. */
export function Verdicts() {
  const { selection, revision } = useStore();
  revision.value;
  const source = selection.source.value;
  const verdicts = source ? verdictsOf(source) : [];
  if (verdicts.length === 0) return <p class="pane-none">{text('verdictNone')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="findings number" data-testid="verdicts" aria-label={text('tabVerdict')} tabIndex={0}>
      <ol>
        {verdicts
          .slice(-MOST)
          .reverse()
          .map((verdict) => (
            <VerdictItem key={verdict.attempt} verdict={verdict} />
          ))}
      </ol>
    </section>
  );
}

function VerdictItem({ verdict }: { verdict: Verdict }) {
  const { resumption, attempt, lost, downtime, evidence } = verdict;
  const { icon, tone, words } = resumptionWords(resumption);
  const advice = resumptionAdvice(resumption);
  const isOurs = isDamaged(verdict);
  return (
    <li class="finding" data-testid="verdict" data-verdict={resumption.type} data-attempt={attempt}>
      <span class={`tone-${tone}`}>
        <Icon name={icon} size={14} />
      </span>
      <div class="finding-body">
        <h3 class="finding-title">
          <span class={`tone-${tone}`}>{words}</span>
          <span class="dim">
            {text('verdictTitle', number(attempt))} · {clock(lost + downtime, 1)}
          </span>
        </h3>
        <p>{resumptionWhy(resumption)}</p>
        <dl class="finding-facts">
          {verdictFacts(verdict).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {isOurs && <p class="tone-forced">{text('verdictOurs')}</p>}
        {advice && !isOurs && (
          <p class="finding-advice">
            <b>{text('whatToDo')}</b> {advice}
          </p>
        )}
        <EvidenceButtons evidence={evidence} />
      </div>
    </li>
  );
}
