/** Preloaded into a program under test: when whoever started it is gone, however it went, the program is asked to stop. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
