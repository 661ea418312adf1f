import './file-notice.css';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { fileNews } from '../session-file-wording.ts';
import { useSessionFiles } from '../session-files.ts';
import { text } from '../text.ts';

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
      setOver(event.type === 'dragover');
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
      {news && (files.isBusy ? <Progress /> : <Dismiss />)}
    </div>
  );
}

function Progress() {
  const { progress, news, cancel } = useSessionFiles();
  return (
    <>
      <progress value={progress.value} aria-label={news.value && fileNews(news.value)} />
      <button type="button" class="file-notice-link" onClick={cancel}>
        {text('cancel')}
      </button>
    </>
  );
}

function Dismiss() {
  const { dismissNews } = useSessionFiles();
  return (
    <button
      type="button"
      class="tool file-notice-close"
      title={text('dismiss')}
      aria-label={text('dismiss')}
      onClick={dismissNews}
    >
      <Icon name="close" size={14} />
    </button>
  );
}
