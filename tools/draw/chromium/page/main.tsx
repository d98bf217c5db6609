import { createTheme } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import type { Drawing, Drawn } from '../drawing';
import { isEmpty } from './panel';
import { prepared } from './prepared';
import { registerAll } from './registry';
import { Sheet, sheetHeight } from './sheet';

/** Components measure themselves and draw again; a page that has not changed for so long (ms) is done. */
const quiet = 300;

function settled(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      resolve();
    };
    let timer = setTimeout(done, quiet);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quiet);
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}

async function draw(drawing: Drawing): Promise<Drawn> {
  const theme = createTheme({ colors: { mode: 'dark' } });
  const panels = await Promise.all(drawing.panels.map((asked) => prepared(asked, theme)));
  const errors: string[] = [];
  const page = document.getElementById('page');
  if (!page) throw new Error('the page has no place for a drawing');
  const root = createRoot(page);
  // A canvas takes a font that is there; it does not wait for one. So the fonts first.
  root.render(<Sheet drawing={drawing} panels={[]} theme={theme} onError={() => undefined} />);
  await settled();
  await Promise.all([400, 500].map((weight) => document.fonts.load(`${weight} 12px Inter`)));
  root.render(
    <Sheet
      {...{ drawing, panels, theme }}
      onError={(message) => {
        errors.push(message);
      }}
    />,
  );
  await settled();
  const empty = panels
    .filter((panel) => panel.panel.type !== 'row' && panel.errors.length === 0 && isEmpty(panel))
    .map(({ panel }) => panel.title ?? '');
  return { height: sheetHeight(panels), empty, errors };
}

registerAll();
Object.assign(window, { draw });
