import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { SUPERGRAPH_FILE, composeSupergraph } from '../../schema/compose.ts';

export const composeCommand = (): Command =>
  new Command('compose')
    .description('合成 schema/supergraph.graphql / compose the supergraph from the subgraphs')
    .action(() => {
      writeFileSync(SUPERGRAPH_FILE, `${composeSupergraph().trim()}\n`);
    });
