import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLDataSource } from '@apollo/gateway';
import { graphql } from 'graphql';
import { SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';
console.log(SUBGRAPH_NAMES.length, !!composeServices, !!buildSubgraphSchema, !!graphql, !!subgraphSdl);
export type X = GraphQLDataSource;
