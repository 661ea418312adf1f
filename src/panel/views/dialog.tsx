import './dialog.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { text } from '../text.ts';

interface DialogProps {
  title: string;
  /** A class that says where it is, and how wide. */
  look: string;
  testId: string;
  /** It has gone. */
  closed(): void;
  children: ComponentChildren;
}

/** Over the panel, which is seen behind it. Escape, its cross and a click beside it close it. */
export function Dialog({ title, look, testId, closed, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  // By its own way out the browser gives the focus back.
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class={`dialog ${look}`}
      data-testid={testId}
      aria-labelledby={`${testId}-title`}
      onClose={closed}
      // What is in it fills it: a click on itself is one beside it.
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
      onKeyDown={(event) => {
        // DevTools would open its drawer.
        if (event.key === 'Escape') event.stopPropagation();
      }}
    >
      <div class="dialog-body">
        <h2 id={`${testId}-title`}>{title}</h2>
        {children}
        <button
          type="button"
          class="tool dialog-close"
          title={text('dismiss')}
          aria-label={text('dismiss')}
          onClick={close}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
    </dialog>
  );
}
