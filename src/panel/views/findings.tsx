import './findings.css';
import type { Finding } from '../../model/finding.ts';
import { sourceName } from '../../model/source-name.ts';
import { findingAdvice, findingIcon, findingSentence } from '../finding-wording.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { EvidenceButtons } from './evidence-buttons.tsx';

/** What a developer should look at, of all sources, worst first. */
export function Findings() {
  const { findings } = useStore();
  if (findings.value.length === 0) return <p class="pane-none">{text('findingsNone')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="findings number" data-testid="findings" aria-label={text('tabFindings')} tabIndex={0}>
      <ol>
        {findings.value.map((finding) => (
          <FindingItem key={finding.key} finding={finding} />
        ))}
      </ol>
    </section>
  );
}

function FindingItem({ finding }: { finding: Finding }) {
  const { session, selection, filterText, lanes } = useStore();
  const { type, severity, evidence } = finding;
  const sources = finding.sources.flatMap((key) => session.log.sources.find((one) => one.key === key) ?? []);
  const tone = severity === 'bad' ? 'failed' : 'ended';
  return (
    <li class="finding" data-testid="finding" data-finding={type} data-severity={severity}>
      <span class={`tone-${tone}`} role="img" aria-label={text(severity === 'bad' ? 'findingBad' : 'findingNotice')}>
        <Icon name={findingIcon(finding)} size={14} />
      </span>
      <div class="finding-body">
        <h3 class="finding-title">
          <span class={severity === 'bad' ? 'tone-failed' : undefined}>{findingSentence(finding, sources[0])}</span>
          {sources.map((source) => (
            <button
              key={source.key}
              type="button"
              class="link"
              data-testid="finding-source"
              title={source.url}
              onClick={() => {
                if (!lanes.value.includes(source)) filterText.value = '';
                selection.selectSource(source.key);
              }}
            >
              {sourceName(source).path}
            </button>
          ))}
        </h3>
        <p class="finding-advice">
          <b>{text('whatToDo')}</b> {findingAdvice(finding)}
        </p>
        <EvidenceButtons evidence={evidence} />
      </div>
    </li>
  );
}
