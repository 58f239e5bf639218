import type { Layout } from '../records/import/layout.ts';
import { layouts as honors } from './honors/layouts.ts';
import { layouts as judicial } from './judicial/layouts.ts';
import { layouts as penalties } from './penalties/layouts.ts';
import { layouts as registration } from './registration/layouts.ts';

/** Every layout (数据标准) that an agency can import, by name. */
export const layouts: ReadonlyMap<string, Layout> = new Map(
  [...registration, ...penalties, ...judicial, ...honors].map((layout) => [layout.name, layout]),
);
