import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const LINK = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: [
  "@key" "@shareable" "@external" "@requires" "@provides" "@override" "@interfaceObject" "@inaccessible"
])`;

/** What our own supergraph lacks, in four subgraphs of one invented library. */
export const SUBGRAPHS = {
  catalog: `
    type Query {
      node(id: ID!): Node
      nodes(ids: [ID!]! = ["b0", "m1", "a2"]): [Node]!
      hits(filter: Filter! = { tags: ["a"] }, first: Int = 3): [Hit!]
      media(kind: Kind): [Media]
      titled: [Titled!]!
      book(id: ID!): Book
      grid(rows: Int! = 2): [[Book!]]!
      cube: [[[Int]!]!]
      echo(filter: Filter, when: When, times: [When!], matrix: [[Int!]], any: Any, kinds: [Kind!] = [NEW]): String
      shelf(at: Range = { from: 1 }): Shelf! @shareable
    }
    input Filter { text: String = "x", tags: [String!]! = [], kind: Kind, range: Range, or: [Filter!] }
    input Range { from: Int! = 0, to: Int }
    enum Kind { NEW OLD RARE }
    scalar When
    scalar Any
    interface Node { id: ID! }
    interface Titled { id: ID! title: String caption: String }
    union Hit = Book | Movie | Author
    interface Media @key(fields: "id") { id: ID! title: String kind: Kind }
    type Book implements Media & Node & Titled @key(fields: "id") @key(fields: "isbn { group number }") {
      id: ID!
      isbn: Isbn!
      title: String!
      kind: Kind!
      caption: String! @shareable
      authors(first: Int): [Author!]!
      related(first: Int = 2): [Hit]
      weight: Float
      size: Size!
      stock: Int
      added: When!
      extra: Any
    }
    type Movie implements Media & Node & Titled @key(fields: "id") {
      id: ID!
      title: String
      kind: Kind
      caption: String @shareable
      director: Author
      cast: [[Author]!]
      length: Float!
    }
    type Author implements Node @key(fields: "id region") {
      id: ID!
      region: String!
      name: String @shareable
      works: [Media!]!
      age: Int!
    }
    type Isbn @shareable { group: String! number: Int! }
    type Size { w: Int! h: Int unit: Kind }
    type Shelf @shareable { code: String! books: [Book!] best: Hit! }
  `,
  reviews: `
    type Query {
      latest(by: Kind): [Review!]
      review(id: ID!): Review
    }
    enum Kind { NEW OLD RARE }
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      reviews(first: Int = 2, by: Kind): [Review!]!
      score: Float
      top: Review
    }
    interface Opinion { id: ID! author: Author }
    type Review implements Opinion @key(fields: "id") {
      id: ID!
      stars: Int!
      text: String
      author: Author! @provides(fields: "name")
      about: Media!
      replies: [Opinion]
    }
    type Reply implements Opinion @key(fields: "id review { id }") {
      id: ID!
      review: Review!
      author: Author @provides(fields: "name")
      text: String!
    }
    type Author @key(fields: "id region") {
      id: ID!
      region: String!
      name: String @external
      reviews: [Review]
      karma: Int!
    }
  `,
  shop: `
    type Query {
      goods(first: Int = 3): [Goods!]!
      priced: [Titled]
      offers: [Offer!]
      shelf(at: Range = { from: 1 }): Shelf! @shareable
    }
    input Range { from: Int! = 0, to: Int }
    interface Titled { id: ID! }
    union Goods = Book | Movie | Voucher
    interface Offer { price: Price }
    type Book implements Titled & Offer @key(fields: "isbn { group number }") @key(fields: "id") {
      id: ID!
      isbn: Isbn!
      caption: String! @shareable
      weight: Float @external
      size: Size! @external
      shipping(unit: Unit = KG): Float @requires(fields: "weight size { w h }")
      price: Price
      stock: Int @override(from: "catalog")
    }
    type Size @external { w: Int! h: Int }
    type Movie implements Titled & Offer @key(fields: "id") {
      id: ID!
      title: String @external
      caption: String @shareable
      label(upper: Boolean! = false): String! @requires(fields: "title")
      price: Price
    }
    type Voucher implements Offer { code: ID! price: Price value: Int! }
    type Isbn @shareable { group: String! number: Int! }
    type Price { amount: Float! currency: Currency! was: Price }
    type Shelf @shareable { code: String! best: Hit! }
    union Hit = Book | Movie | Author
    type Author @key(fields: "id region", resolvable: false) { id: ID! region: String! }
    enum Currency { CNY EUR }
    enum Unit { KG LB }
  `,
  people: `
    type Query {
      author(id: ID!, region: String! = "r0"): Author
      everybody: [Person]!
    }
    scalar When
    interface Person { name: String }
    type Author implements Person @key(fields: "id region") {
      id: ID!
      region: String!
      name: String @shareable
      age: Int! @override(from: "catalog")
      born: When
      mentor: Author
      favourite: Node
    }
    type Clerk implements Person @key(fields: "id") { id: ID! name: String! boss: Person shift: [Int!]! }
    interface Node { id: ID! }
    type Movie implements Node @key(fields: "id") { id: ID! producer: Person }
  `,
} as const;

export type ForeignName = keyof typeof SUBGRAPHS;
export const FOREIGN_NAMES = Object.keys(SUBGRAPHS) as ForeignName[];

export const sdlOf = (name: ForeignName) => parse(`${LINK}\n${SUBGRAPHS[name]}`);

export function foreignSupergraph(): string {
  const { supergraphSdl, errors } = composeServices(
    FOREIGN_NAMES.map((name) => ({ name, url: `http://${name}.invalid`, typeDefs: sdlOf(name) })),
  );
  if (!supergraphSdl) throw new AggregateError(errors ?? [], errors?.map(String).join('\n'));
  return supergraphSdl;
}
