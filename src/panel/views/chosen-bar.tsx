import './chosen-bar.css';
import { useEffect, useState } from 'preact/hooks';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { leftOutWords, resettable, severalOf } from '../reach.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { ResetSeveralMenu, resetWords } from './reset-menu.tsx';

/** Where several sources are selected: how many, what is left out of what is done to them, and their reset. */
export function ChosenBar() {
  const { session, selection, revision } = useStore();
  revision.value;
  const several = severalOf(selection.chosen.value);
  return (
    <>
      <span class="unseen" role="status">
        {useNews(selection.chosen.value.length)}
      </span>
      {several && (
        <section class="chosen-bar" id="chosen-bar" data-testid="chosen-bar" aria-label={chosenWords(several.length)}>
          <span class="chosen-chip number">
            <span class="cut" data-testid="chosen-count">
              {chosenWords(several.length)}
            </span>
            <button
              type="button"
              class="chosen-close"
              data-testid="chosen-release"
              title={text('chosenRelease')}
              aria-label={text('chosenRelease')}
              onClick={() => {
                selection.selectOne();
                // The button goes with its bar.
                document.querySelector<HTMLElement>('.sources')?.focus();
              }}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
          {!session.imported && (
            <>
              <span class="toolbar-split">
                <button
                  type="button"
                  class="tool toolbar-reset"
                  data-testid="reset-several"
                  title={text(resettable(several).length > 0 ? 'resetSeveralHint' : 'resetSeveralNone')}
                  aria-disabled={resettable(several).length === 0}
                  onClick={() => session.reset(resettable(several))}
                >
                  <Icon name="reset" />
                  {resetWords(several)}
                </button>
                <ResetSeveralMenu sources={several} />
              </span>
              <span class="chosen-left cut number" data-testid="chosen-left">
                {leftOutWords(several, resettable(several))}
              </span>
            </>
          )}
        </section>
      )}
    </>
  );
}

const chosenWords = (count: number): string => textOf('chosen', count, number(count));

/** For those who listen: how many are selected. Nothing as long as there never were several. */
function useNews(count: number): string {
  const [had, setHad] = useState(false);
  useEffect(() => {
    if (count > 1) setHad(true);
  }, [count]);
  return had || count > 1 ? chosenWords(count) : '';
}
