import type { CloudBase } from '@cloudbase/node-sdk'
import type { Goods } from '../../typings/contract'
import type { Finding, Step } from './step'

/** A document of the collection, which its owner may have changed in the console. */
type Stored = Record<string, unknown>

/** The most documents that one query answers (云开发 → 数据库: Collection.limit). */
const LIMIT = 1000

/** The collection of the goods; its name is fixed by the mini program and the function `pay`. */
const COLLECTION = 'goods'

/**
 * Adds the goods that are missing. Goods that are different in the cloud stay as they are, unless
 * `update` is set: the shop's owner may have changed a price there. Nothing is ever removed, neither
 * goods nor fields. What a phone wrote (it carries an `_openid`) is pointed out: with the right
 * permissions nothing like it can exist.
 */
export function goodsStep(
  app: CloudBase,
  { goods, isNew, update }: { goods: readonly Goods[]; isNew: boolean; update: boolean },
): Step {
  const db = app.database()
  const collection = db.collection(COLLECTION)
  const find = async (query: object): Promise<Stored[]> => {
    const { data } = await collection.where(query).limit(LIMIT).get()
    return data as Stored[]
  }

  const finding = (item: Goods, stored: Stored | undefined): Finding => {
    const { _id: subject, ...fields } = item
    if (stored === undefined) {
      const make = async () => void (await collection.add(item))
      return { subject, change: { done: 'added', make } }
    }
    const different = Object.entries(fields).filter(([name, value]) => stored[name] !== value)
    if (different.length === 0) return { subject }
    const list = different.map(([name, value]) => `${name} ${show(stored[name])} → ${show(value)}`)
    if (!update) {
      const note = `kept as it is there; --update-goods would change ${list.join(', ')}`
      return { subject, note }
    }
    const changes = Object.fromEntries(different)
    const make = async () => void (await collection.doc(subject).update(changes))
    return { subject, change: { done: `changed (${list.join(', ')})`, make } }
  }

  return {
    title: 'Goods',
    async look() {
      if (isNew) return goods.map((item) => finding(item, undefined))
      const ids = goods.map(({ _id }) => _id)
      const found = await find({ _id: db.command.in(ids) })
      const stored = new Map(found.map((document) => [document._id, document]))
      const foreign = await find({ _openid: db.command.exists(true) })
      return [
        ...goods.map((item) => finding(item, stored.get(item._id))),
        ...foreign.map(({ _id }) => ({
          subject: show(_id),
          note: 'was written by a phone (it has an _openid): look at it, and delete it in the console',
        })),
      ]
    },
  }
}

/** Anything as one line of plain characters: a phone may have written it. */
function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
