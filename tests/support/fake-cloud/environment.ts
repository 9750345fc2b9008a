import { Database } from '../../../simulator/cloudbase/database/database'
import { Store } from '../../../simulator/kit/store'

interface Table {
  aclTag: string
  rule: string | null
  indexes: { Name: string; Unique: boolean; Keys: { Name: string; Direction: string }[] }[]
}

/** The content of a CloudBase environment: collections, files and documents. */
export class CloudEnvironment {
  readonly tables = new Map<string, Table>()
  readonly files = new Map<string, Buffer>()
  readonly database = new Database(Store.open(), { now: Date.now })

  constructor(
    readonly envId: string,
    readonly bucket: string,
  ) {}

  createTable(name: string): void {
    this.database.addCollection(name)
    const Keys = [{ Name: '_id', Direction: '1' }]
    this.tables.set(name, {
      aclTag: 'PRIVATE',
      rule: null,
      indexes: [{ Name: '_id_', Unique: true, Keys }],
    })
  }

  documents(collection: string): unknown[] {
    return this.database.find(collection, { query: {}, order: { _id: 1 } })
  }

  /** Returns the whole content, for comparison with another environment's. */
  contents(): unknown {
    return {
      tables: Object.fromEntries(this.tables),
      files: Object.fromEntries(
        [...this.files].map(([name, file]) => [name, file.toString('hex')]),
      ),
      documents: Object.fromEntries(
        [...this.tables.keys()].map((name) => [name, this.documents(name)]),
      ),
    }
  }
}
