type Document = Record<string, any>

/** A query that reached the fake database. */
export interface Query {
  collection: string
  where: Document
  orderBy: [string, 'asc' | 'desc']
  limit: number
}

/** Runs a query on `stored`. It ignores equality conditions: all documents are taken to fulfil them. */
export function found({ where, orderBy, limit }: Query, stored: Document[]): Document[] {
  const [field, direction] = orderBy
  const matches = (document: Document) =>
    Object.entries(where).every(([name, { gt, lt }]) => {
      if (gt !== undefined) return document[name] > gt
      return lt === undefined || document[name] < lt
    })
  const ascending = stored
    .filter(matches)
    .toSorted((one, other) => (one[field] < other[field] ? -1 : 1))
  return (direction === 'asc' ? ascending : ascending.toReversed()).slice(0, limit)
}

/** Fakes the part of wx.cloud.database() that pages use: `find` returns the documents of a query. */
export function fakeDatabase(find: (query: Query) => Promise<unknown[]>) {
  return {
    command: { gt: (gt: unknown) => ({ gt }), lt: (lt: unknown) => ({ lt }) },
    collection: (collection: string) => ({
      where: (where: Document) => ({
        orderBy: (...orderBy: Query['orderBy']) => ({
          limit: (limit: number) => {
            const read = () => find({ collection, where, orderBy, limit }) as Promise<Document[]>
            return {
              get: async () => ({ data: await read() }),
              field: (fields: Record<string, true>) => ({
                get: async () => ({
                  data: (await read()).map((document) => only(Object.keys(fields), document)),
                }),
              }),
            }
          },
        }),
      }),
    }),
  }
}

/** Returns the requested fields of a document; `refund.state` is the state in its refund. */
function only(fields: string[], document: Document): Document {
  const kept: Document = {}
  for (const field of fields) {
    const [name = '', inner] = field.split('.')
    if (document[name] === undefined) continue
    kept[name] = inner ? { ...kept[name], [inner]: document[name][inner] } : document[name]
  }
  return kept
}
