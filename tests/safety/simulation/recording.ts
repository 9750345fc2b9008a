import { Store } from '../../../simulator/kit/store'
import type { Order } from '../../../typings/contract'

/** One write to `orders`: the document before and after it. */
export interface Write {
  before: Order | undefined
  after: Order | undefined
}

/** Records every write to `orders` in `writes`, from any caller. */
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

/** Returns a new store with the same documents. */
export function copyOf(store: Store): Store {
  const copy = Store.open()
  for (const name of store.collections()) {
    copy.create(name)
    for (const doc of store.values(name)) copy.put(name, doc)
  }
  return copy
}
