import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from './text.ts';

interface Permission {
  isAllowed: boolean;
  /**
   * To be called from a click, and in a page like this one only. [firefox] For all sites it asks the user once more; what
   * resets take it grants without a word (measured with 153), so all that there is to know must stand here.
   */
  ask(): void;
}

interface PageProps {
  sites: Permission;
  network: Permission & { giveBack(): void };
}

/** What the user may allow, why, and whether he has. */
export function Page({ sites, network }: PageProps) {
  return (
    <main>
      <header>
        <img src="/icons/48.png" width="32" height="32" alt={''} />
        <h1>
          {text('extName')} <span>{text('permissions')}</span>
        </h1>
      </header>
      <Section name="sites" title={text('sitesTitle')} why={text('sitesWhy')}>
        <State isAllowed={sites.isAllowed}>{text(sites.isAllowed ? 'sitesAllowed' : 'sitesLimited')}</State>
        {!sites.isAllowed && (
          <button type="button" class="button" data-testid="ask-sites" onClick={sites.ask}>
            {text('sitesAsk')}
          </button>
        )}
      </Section>
      <Section name="network" title={text('networkTitle')} why={text('networkWhy')}>
        <State isAllowed={network.isAllowed}>{text(network.isAllowed ? 'networkAllowed' : 'networkPossible')}</State>
        {/* One button: it has the focus when it begins to mean the opposite. */}
        <button
          type="button"
          class={network.isAllowed ? 'button-plain' : 'button'}
          data-testid={network.isAllowed ? 'give-back-network' : 'ask-network'}
          onClick={network.isAllowed ? network.giveBack : network.ask}
        >
          {text(network.isAllowed ? 'networkGiveBack' : 'networkAllow')}
        </button>
      </Section>
    </main>
  );
}

interface SectionProps {
  name: string;
  title: string;
  why: string;
  children: ComponentChildren;
}

function Section({ name, title, why, children }: SectionProps) {
  return (
    <section aria-labelledby={`${name}-title`} data-testid={name}>
      <h2 id={`${name}-title`}>{title}</h2>
      <p>{why}</p>
      {children}
    </section>
  );
}

function State({ isAllowed, children }: { isAllowed: boolean; children: ComponentChildren }) {
  const state = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that had the focus went away, as there is nothing left for it to do.
    if (isAllowed && document.activeElement === document.body) state.current?.focus();
  }, [isAllowed]);
  return (
    <p ref={state} class="state" role="status" data-allowed={isAllowed} tabIndex={-1}>
      {children}
    </p>
  );
}
