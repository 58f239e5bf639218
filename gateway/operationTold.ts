import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';

/**
 * Refuses a document that does not tell which operation is meant, or an operation the schema has no root type for. Over a schema of its
 * own Apollo Server answers 400 to the first; over a gateway it leaves both to execution, where they would count as our own failure.
 */
export const operationTold: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, operation, request: { operationName } }) {
        if (!operation) {
          throw unresolved(
            operationName
              ? `没有名为 ${operationName} 的操作 / there is no operation named ${operationName}`
              : '有多个操作，须指明 operationName / there are several operations: operationName must tell which',
          );
        }
        const kind = operation.operation;
        if (!schema.getRootType(kind)) throw unresolved(`不支持 ${kind} / there are no ${kind}s`);
      },
    };
  },
};

const unresolved = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE, http: { status: 400 } },
  });
