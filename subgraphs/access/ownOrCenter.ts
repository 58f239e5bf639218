import type { SubgraphContext } from '../../records/context.ts';

/** The center's staff, with a purpose. */
export const isCenter = ({ grant: { caller, scope } }: SubgraphContext): boolean =>
  caller.role === 'center' && scope.kind === 'MATTER';

/** Who may see what of a subject is nobody else's: the subject itself, and the center with a purpose. */
export const isOwnOrCenter = (context: SubgraphContext, subjectId: string): boolean => {
  const { scope } = context.grant;
  return (scope.kind === 'SELF' && scope.subject === subjectId) || isCenter(context);
};
