/** What the pictures of the demo show: a place before and after. */
export type Scene = string
