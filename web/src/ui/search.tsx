interface Props {
  value: string;
  what: string;
  onChange: (value: string) => void;
}

export function Search({ value, what, onChange }: Props) {
  return (
    <input
      type="search"
      class="field"
      value={value}
      placeholder={`Search ${what}  /`}
      aria-label={`Search ${what}`}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
