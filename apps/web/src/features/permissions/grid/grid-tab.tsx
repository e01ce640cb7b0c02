/** The grid with its filter, its menu and its answers. */
import { targetsOf, mayAllow, setEffect } from '@reeve/policy';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { OpenDraft } from '../../../shared/policy-draft/use-policy-editor.js';
import { useShortcuts, type Shortcut } from '../../../shared/shortcuts.js';
import { Empty } from '../../../shared/ui/states.js';
import { CellMenu } from './cell-menu.js';
import { GRID_HELP } from './grid-keys.js';
import { gridRows, toolKey } from './grid-model.js';
import { GridToolbar } from './grid-toolbar.js';
import { PermissionGrid } from './permission-grid.js';
import type { PermissionsSearch } from '../permissions.search.js';
import { useGrid } from './use-grid.js';
import { WhyPanel } from './why-panel.js';

const ConditionDialog = lazy(() =>
  import('./condition-dialog.js').then((module) => ({ default: module.ConditionDialog })),
);
const URL_AFTER_MS = 250;
const NO_CLASSES: NonNullable<PermissionsSearch['class']> = [];

export interface GridTabProps {
  readonly tenant: string;
  readonly draft: OpenDraft;
  readonly search: PermissionsSearch;
  readonly onSearch: (change: Partial<PermissionsSearch>) => void;
  readonly readOnly: string | null;
  readonly onReview: () => void;
}

export function GridTab({ tenant, draft: opened, search, onSearch, readOnly, onReview }: GridTabProps) {
  const { draft, editor } = opened;
  const filter = useRef<HTMLInputElement>(null);
  const [layer, setLayer] = useState<'menu' | 'condition' | null>(null);
  const { q = '', class: classes = NO_CLASSES, group: grouping = 'none', why = false } = search;
  const rows = useMemo(
    () => gridRows(draft.document, { q, classes, grouping }),
    [draft.document, q, classes, grouping],
  );
  const roles = useRoles(Object.keys(draft.document.roles));
  const [startRole = '', startTool = ''] = search.cell?.split('~') ?? [];
  const grid = useGrid({
    editor,
    document: draft.document,
    base: draft.base,
    rows,
    roles,
    readOnly,
    start: {
      role: startRole || (roles[0] ?? ''),
      row: startTool ? toolKey(startTool) : (rows.find(({ kind }) => kind === 'tool')?.key ?? ''),
    },
    onMenu: () => setLayer('menu'),
    onWhy: () => onSearch({ why: why ? undefined : true }),
    onReview,
    onFilter: () => filter.current?.focus(),
  });
  const { focused } = grid;
  useProposal(opened, search, readOnly, onSearch);
  const cell = focused === null ? undefined : `${focused.role}~${focused.tool}`;

  // A key held down does not write history: the URL follows when the focus rests.
  useEffect(() => {
    if (cell === undefined || cell === search.cell) return undefined;
    const timer = setTimeout(() => onSearch({ cell }), URL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [cell, search.cell, onSearch]);

  const enterGrid = () => document.querySelector<HTMLElement>('[role="grid"] [data-focused]')?.focus();
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: '/', label: 'Filter tools', group: 'This page', run: () => filter.current?.focus() },
      ...GRID_HELP.map(([keys, label]) => ({ keys, label, group: 'The grid' as const, run: null })),
    ],
    [],
  );
  useShortcuts(shortcuts);

  const own = focused === null ? undefined : grid.explain(focused.role, focused.tool).own;
  const total = targetsOf(draft.document).length;
  if (total === 0 || roles.length === 0)
    return (
      <Empty title={total === 0 ? 'No tools yet' : 'No roles yet'}>
        The grid is tools by roles. Add {total === 0 ? 'a tool on the Tools page' : 'a role in the tab Roles'}
        .
      </Empty>
    );
  return (
    <>
      <GridToolbar
        input={filter}
        q={q}
        classes={classes}
        grouping={grouping}
        shown={rows.filter(({ kind }) => kind === 'tool').length}
        total={total}
        onEnter={enterGrid}
        onChange={({ q: nextQ, classes: nextClasses, grouping: nextGrouping }) =>
          onSearch({
            ...(nextQ === undefined ? {} : { q: nextQ || undefined }),
            ...(nextClasses === undefined
              ? {}
              : { class: nextClasses.length > 0 ? [...nextClasses] : undefined }),
            ...(nextGrouping === undefined
              ? {}
              : { group: nextGrouping === 'none' ? undefined : nextGrouping }),
          })
        }
      />
      <div className="relative flex min-h-0 flex-1 gap-3">
        {rows.length === 0 ? (
          <div className="flex-1 rounded-card border border-line bg-surface">
            <Empty title="No tool matches">All {total} tools are hidden by the filter.</Empty>
          </div>
        ) : (
          <PermissionGrid
            rows={rows}
            roles={roles}
            document={draft.document}
            explain={grid.explain}
            explainBase={grid.explainBase}
            selection={grid.selection}
            area={grid.area}
            readOnly={readOnly !== null}
            onCommand={grid.run}
            onPoint={grid.point}
            onMenu={() => setLayer('menu')}
          />
        )}
        {why && (
          <WhyPanel
            tenant={tenant}
            cell={focused}
            document={draft.document}
            base={draft.base}
            onClose={() => onSearch({ why: undefined })}
          />
        )}
      </div>
      <GridStatus said={grid.said} />
      <CellMenu
        open={layer === 'menu'}
        // An item may have opened the next layer before the menu closes.
        onClose={() => setLayer((now) => (now === 'menu' ? null : now))}
        count={grid.cells.length}
        allowLocked={grid.cells.every(({ tool }) => !mayAllow(draft.document, tool))}
        readOnly={readOnly !== null}
        onCondition={focused !== null && grid.cells.length === 1 ? () => setLayer('condition') : null}
        onWhy={() => onSearch({ why: true })}
        onEffect={grid.setAll}
      />
      <Suspense>
        {layer === 'condition' && focused !== null && (
          <ConditionDialog
            tenant={tenant}
            document={draft.document}
            cell={focused}
            effect={own?.effect ?? 'approve'}
            when={own?.when ?? ''}
            humanOnly={!mayAllow(draft.document, focused.tool)}
            onSave={(effect, when) => grid.setOne(focused, effect, when)}
            onClose={() => setLayer(null)}
          />
        )}
      </Suspense>
    </>
  );
}

/** A cell that somebody proposed from a denial goes into the draft, once, with the reason it will be published for. */
function useProposal(
  { draft, editor }: OpenDraft,
  { cell, propose }: PermissionsSearch,
  readOnly: string | null,
  onSearch: GridTabProps['onSearch'],
) {
  const latest = useRef({ draft, editor, readOnly });
  useEffect(() => {
    latest.current = { draft, editor, readOnly };
  });
  useEffect(() => {
    const [role, tool] = cell?.split('~') ?? [];
    if (propose === undefined || role === undefined || tool === undefined) return;
    const { draft: now, editor: to, readOnly: locked } = latest.current;
    if (locked === null) {
      to.suggest(`${role} needs ${tool}: denied in evaluation ${propose}`);
      const effect = mayAllow(now.document, tool) ? 'allow' : 'approve';
      to.edit(setEffect(now.document, [{ role, tool }], effect).edits);
    }
    onSearch({ propose: undefined });
  }, [cell, propose, onSearch]);
}

/** The last thing that happened, for everybody: seen below the grid and announced. */
function GridStatus({ said }: { readonly said: string }) {
  return (
    <p className="grid shrink-0 text-12 text-faint *:[grid-area:1/1]">
      <output className="text-text">{said}</output>
      <span className={said === '' ? undefined : 'invisible'}>
        a Allow · r Ask · x Deny · ⌫ No · ↵ menu · i why · Shift+arrows select · Ctrl Space column · Shift
        Space row · Ctrl Z undo
      </span>
    </p>
  );
}

/** The same array while the names are the same: rows compare by it. */
function useRoles(names: readonly string[]): readonly string[] {
  const key = names.join('\n');
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
}
