import { writeFileSync } from 'node:fs';
import { Command } from 'commander';

export const composeCommand = (): Command =>
  new Command('compose')
    .description('合成 schema/supergraph.graphql / compose the supergraph from the subgraphs')
    .action(async () => {
      // Composition is much to load for commands that do without.
      const { SUPERGRAPH_FILE, composeSupergraph } = await import('../../schema/compose.ts');
      writeFileSync(SUPERGRAPH_FILE, `${composeSupergraph().trim()}\n`);
    });
