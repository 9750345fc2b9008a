/**
 * The requests of the phone to CloudBase and their replies, as plain JSON. Types only. A date is `{
 * $date: ms }` in both directions, `db.serverDate({ offset })` is `{ $serverDate: offset }`.
 */

/** A query in MongoDB's operators (`$lt`, `$in`, `$and`, …). */
export type Where = Record<string, unknown>

export interface DatabaseRequest {
  collection: string
  op: 'get' | 'count' | 'add' | 'update' | 'set' | 'remove'
  /** `doc(id)`: one document; when absent, the documents that match `where` */
  id?: string
  where?: Where
  orderBy?: [field: string, direction: 'asc' | 'desc'][]
  skip?: number
  /** 20 when absent, and at most */
  limit?: number
  field?: Record<string, boolean>
  /**
   * add, set: the document. update: the fields to change, nested ones by dotted paths, or update
   * operators only (`$set`, `$inc`, …)
   */
  data?: Record<string, unknown>
}

export interface DatabaseReply {
  errMsg: string
  /** get: a list, or the one document of `doc(id)` */
  data?: unknown
  /** count */
  total?: number
  /** add, set */
  _id?: string
  /** update, set, remove */
  stats?: { updated?: number; created?: number; removed?: number }
}

export interface CallFunctionReply {
  errMsg: string
  result: unknown
  requestID: string
}

export interface TempFileURLs {
  errMsg: string
  fileList: {
    fileID: string
    tempFileURL: string
    /** 0, or the error's code */
    status: number
    errMsg: string
    /** seconds */
    maxAge: number
  }[]
}

/**
 * An error that a cloud function threw, or handled itself and published during a call. It is for
 * developers: a real phone does not receive it.
 */
export interface FunctionError {
  /** the function's name; a called function can call another */
  function: string
  /** its `code` or `errCode`, empty when it has none */
  code: string
  /** its message, stack and properties */
  text: string
}

/** The error of a call of the phone. */
export interface ClientFailure {
  errCode: number
  /** `<api>:fail …` */
  errMsg: string
}
