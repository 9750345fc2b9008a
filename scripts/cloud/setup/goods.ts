import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CloudBase } from '@cloudbase/node-sdk'
import type { Goods } from '../../../typings/contract'
import type { Comparison, Step } from './step'

/** A document of the collection, which its owner may have changed in the console. */
type Stored = Record<string, unknown>

/** The most documents that one query returns (云开发 → 数据库: Collection.limit). */
const LIMIT = 1000

/** The collection of the goods; its name is fixed by the mini program and the function `pay`. */
const COLLECTION = 'goods'

/**
 * Adds the goods that are missing. Goods that are different in the cloud stay as they are, unless
 * `update` is set: the shop's owner may have changed a price there. It never removes goods or
 * fields. It notes documents that a phone wrote (they have an `_openid`), which the right permissions
 * make impossible.
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

  const compare = (item: Goods, stored: Stored | undefined): Comparison => {
    const { _id: subject, ...fields } = item
    if (stored === undefined) {
      const make = async () => void (await collection.add(item))
      return { subject, change: { done: 'added', make } }
    }
    const different = Object.entries(fields).filter(([name, value]) => stored[name] !== value)
    if (different.length === 0) return { subject }
    const list = different.map(([name, value]) => `${name} ${show(stored[name])} → ${show(value)}`)
    if (!update) {
      const note = `kept as it is in the cloud; --update-goods would change ${list.join(', ')}`
      return { subject, note }
    }
    const changes = Object.fromEntries(different)
    const make = async () => void (await collection.doc(subject).update(changes))
    return { subject, change: { done: `changed (${list.join(', ')})`, make } }
  }

  return {
    title: 'Goods',
    async compare() {
      if (isNew) return goods.map((item) => compare(item, undefined))
      const ids = goods.map(({ _id }) => _id)
      const found = await find({ _id: db.command.in(ids) })
      const stored = new Map(found.map((document) => [document._id, document]))
      const foreign = await find({ _openid: db.command.exists(true) })
      return [
        ...goods.map((item) => compare(item, stored.get(item._id))),
        ...foreign.map(({ _id }) => ({
          subject: show(_id),
          note: 'was written by a phone (it has an _openid): check it, and delete it in the console',
        })),
      ]
    },
  }
}

/** Formats anything as one line of plain characters: a phone may have written it. */
function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

/**
 * Writes the goods with their file ids to a file of this computer, for import by hand: the console
 * takes JSON Lines (云开发 → 数据库 → 导入).
 */
export function importFileStep(file: string, goods: readonly Goods[]): Step {
  const content = goods.map((item) => `${JSON.stringify(item)}\n`).join('')
  const subject = path.basename(file)
  return {
    title: 'File for import by hand',
    async compare() {
      if (existsSync(file) && readFileSync(file, 'utf8') === content) return [{ subject }]
      return [
        { subject, change: { done: 'written', make: async () => writeFileSync(file, content) } },
      ]
    },
  }
}
