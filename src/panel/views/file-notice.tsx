import './file-notice.css';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { fileNews } from '../session-file-wording.ts';
import { useSessionFiles } from '../session-files.ts';
import { text } from '../text.ts';
import { focusOnFiles } from './session-files.tsx';

/** What is done with a file, and what came of it. A file that is dropped on the panel is imported. */
export function FileNotice() {
  const files = useSessionFiles();
  const news = files.news.value;
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Else the browser would show the file in place of the panel.
      event.preventDefault();
      // From one element to the next, or out of the panel.
      const stays = event.type === 'dragleave' && event.relatedTarget !== null;
      setOver(event.type === 'dragover' || stays);
      const [file] = event.type === 'drop' ? event.dataTransfer.files : [];
      if (file) void files.importFile(file);
    };
    const types = ['dragover', 'dragleave', 'drop'] as const;
    for (const type of types) window.addEventListener(type, onDrag);
    return () => {
      for (const type of types) window.removeEventListener(type, onDrag);
    };
  }, [files]);
  const words = isOver ? text('importDrop') : news && fileNews(news);
  return (
    <div class={words ? 'file-notice' : ''}>
      {words && <Icon name={news?.type === 'exporting' ? 'export' : 'info'} size={14} />}
      {/* Always there: what comes into it is announced. */}
      <span class={news?.type === 'refused' ? 'tone-failed' : undefined} role="status" data-testid="file-news">
        {words}
      </span>
      {news && <Controls />}
    </div>
  );
}

/** One button all the time, so that it keeps the focus when what it cancels is done. */
function Controls() {
  const { isBusy, progress, news, cancel, dismissNews } = useSessionFiles();
  const label = text(isBusy ? 'cancel' : 'dismiss');
  const press = () => {
    focusOnFiles();
    if (isBusy) cancel();
    else dismissNews();
  };
  return (
    <>
      {isBusy && <progress key="progress" value={progress.value} aria-label={news.value && fileNews(news.value)} />}
      <button
        key="button"
        type="button"
        class={isBusy ? 'file-notice-cancel' : 'tool file-notice-close'}
        title={label}
        aria-label={label}
        onClick={press}
      >
        {isBusy ? label : <Icon name="close" size={14} />}
      </button>
    </>
  );
}
