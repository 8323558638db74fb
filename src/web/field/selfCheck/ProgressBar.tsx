type ProgressBarProps = { readonly asked: number; readonly done: number }

export const ProgressBar = ({ asked, done }: ProgressBarProps) => (
  <progress
    className="check-progress"
    max={Math.max(asked, 1)}
    value={done}
    aria-label={`已查 ${done} / ${asked} 项`}
  />
)
