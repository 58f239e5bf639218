/** Hive Gateway with what it has by default, except that it shows and logs nothing. */
export const gatewayConfig = {
  graphqlEndpoint: '/',
  landingPage: false,
  logging: false,
  supergraph: process.env.SUPERGRAPH,
};
