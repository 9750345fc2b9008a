import { z } from 'zod'

/* The shape of simulator.json. simulator.schema.json, for editors, is generated from it. */

const file = z.string().min(1)

const collection = z
  .strictObject({
    permissions: file
      .optional()
      .describe(
        'JSON file: collection → { aclTag, rule }, as the console has it. Default: PRIVATE',
      ),
    indexes: file
      .optional()
      .describe('JSON file: collection → list of indexes, each { field: 1 or -1 }'),
    seed: file
      .optional()
      .describe('JSON Lines file of documents that are written at every start, by _id'),
    fileFields: z
      .array(z.string())
      .optional()
      .describe('fields of seed documents that hold a path in cloud storage and become file ids'),
  })
  .describe('the files that declare one collection')

const template = z
  .strictObject({
    id: z.string().min(1).describe('the template id'),
    title: z.string().min(1).describe('the title that the shopper sees when asked to accept it'),
    fields: z
      .record(z.string(), z.string())
      .describe('key of the template, such as thing1 → its label'),
  })
  .describe('a subscribe message template')

const orders = z
  .strictObject({
    collection: z.string().min(1).describe('the collection that holds the orders'),
    number: z.string().min(1).describe('the field that holds the out_trade_no'),
    owner: z.string().min(1).describe("the field that holds the shopper's openid"),
    status: z.string().min(1).describe('the field that holds the status'),
    statuses: z.record(z.string(), z.string()).describe('value of the status field → its label'),
  })
  .describe('how the simulator recognises orders')

const value: z.ZodType<string | number | boolean | object> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
])

export const schema = z
  .strictObject({
    $schema: z.string().optional().describe('the JSON schema of this file, for editors'),
    collections: z
      .record(z.string(), collection)
      .default({})
      .describe('the collections of the database, by name'),
    storage: z
      .record(z.string(), file)
      .default({})
      .describe("first folder of a path in cloud storage → the project's folder with the files"),
    environment: z
      .record(z.string(), value)
      .default({})
      .describe(
        'environment variables of every cloud function; a value that is not a text becomes JSON',
      ),
    warmFunctions: z
      .array(z.string())
      .default([])
      .describe('functions that are loaded at the start, before their first call'),
    httpRoutes: z
      .record(z.string().regex(/^\//, 'must begin with /'), z.string())
      .default({})
      .describe('HTTP access: path → function'),
    refundNotifyUrl: z
      .string()
      .optional()
      .describe(
        'where WeChat Pay sends notifications of refunds without a notify_url (商户平台 → 退款通知)',
      ),
    templates: z
      .array(template)
      .default([])
      .describe('the subscribe message templates of the mini program'),
    modules: z
      .record(z.string(), z.record(z.string(), value))
      .default({})
      .describe('replaced modules of the mini program: path → exported names → values'),
    orders: orders.optional(),
  })
  .describe('What the CloudBase and WeChat Pay simulator needs to know about a mini program')

/** The content of simulator.json, with defaults. Files are paths inside the project. */
export type Settings = z.infer<typeof schema>
