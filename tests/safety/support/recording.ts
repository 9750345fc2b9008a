import { Store } from '../../../simulator/kit/store'
import type { Order } from '../../../typings/contract'

/** A write of `orders`, as the database saw it. */
export interface Write {
  before: Order | undefined
  after: Order | undefined
}

/** Notes every write of `orders` that goes into the store, whoever makes it. */
export function recording(store: Store, writes: Write[]): Store {
  const collection = 'database/orders'
  const apply = store.apply.bind(store)
  store.apply = (changes) => {
    for (const change of changes) {
      if (change.collection !== collection) continue
      const before = store.get(collection, change.id) as Order | undefined
      writes.push({ before, after: (change.doc ?? undefined) as Order | undefined })
    }
    apply(changes)
  }
  return store
}

/** A store with the same documents. */
export function copyOf(store: Store): Store {
  const copy = Store.open()
  for (const name of store.collections()) {
    copy.create(name)
    for (const doc of store.values(name)) copy.put(name, doc)
  }
  return copy
}
