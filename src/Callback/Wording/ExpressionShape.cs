using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Callback.Wording;

/// <summary>
/// What can be told of an expression without compiling it: words of which every match holds at least one, and how large it is. Compiling for linear time takes
/// milliseconds, so it waits until one of the words occurs. What this reader does not know cannot be matched in linear time, or is not needed.
/// </summary>
/// <param name="Words">Null: a match needs no certain word.</param>
/// <param name="Least">Characters of the shortest match.</param>
/// <param name="Size">Signs with repetitions written out; the compiler takes about 10,000.</param>
internal sealed record ExpressionShape(FrozenSet<string>? Words, int Least, int Size)
{
    public const int LargestSize = 6000;

    /// <exception cref="ArgumentException">The expression uses something else than groups, alternatives, sets of characters, repetitions and ends.</exception>
    public static ExpressionShape Of(string pattern)
    {
        var reader = new Reader(pattern);
        var shape = reader.Alternatives();
        return reader.AtEnd ? shape : throw new ArgumentException($"there is nothing to close at character {reader.At + 1}");
    }

    private sealed class Reader(string pattern)
    {
        public int At { get; private set; }

        public bool AtEnd => At >= pattern.Length;

        public ExpressionShape Alternatives()
        {
            var all = new List<ExpressionShape> { Sequence() };
            while (!AtEnd && pattern[At] == '|')
            {
                At++;
                all.Add(Sequence());
            }
            var words = all.TrueForAll(one => one.Words is not null) ? all.SelectMany(one => one.Words!).ToFrozenSet() : null;
            return new(words, all.Min(one => one.Least), all.Sum(one => one.Size));
        }

        private ExpressionShape Sequence()
        {
            var (run, length, size) = (new StringBuilder(), 0, 1);
            FrozenSet<string>? best = null;
            while (!AtEnd && pattern[At] is not ('|' or ')'))
            {
                var letter = pattern[At];
                var inner = Element();
                var (least, most) = Repetition();
                length += least * (inner?.Least ?? (letter is '\\' or '^' or '$' ? 0 : 1));
                size += Math.Max(1, inner?.Size ?? 1) * most;
                var plain = inner is null && IsPlain(letter);
                if (plain && least == 1)
                    run.Append(letter);
                if (plain && (least, most) == (1, 1))
                    continue;
                best = Better(best, Close(run));
                if (least > 0)
                    best = Better(best, inner?.Words);
            }
            return new(Better(best, Close(run)), length, size);
        }

        /// <summary>Passes over one sign, set or group; a group's shape, else null.</summary>
        private ExpressionShape? Element()
        {
            switch (pattern[At])
            {
                case '(':
                    return Group();
                case '[':
                    var end = pattern.IndexOf(']', At + 2);
                    At = end < 0 ? throw new ArgumentException("a set of characters is not closed") : end + 1;
                    return null;
                case '\\':
                    At += pattern.AsSpan(At).StartsWith(@"\b") ? 2 : throw new ArgumentException("'\\' is not used here; put a sign in brackets: [.]");
                    return null;
                case '?' or '*' or '+' or '{':
                    throw new ArgumentException($"'{pattern[At]}' repeats nothing");
                default:
                    At++;
                    return null;
            }
        }

        private ExpressionShape Group()
        {
            At += pattern.AsSpan(At).StartsWith("(?:") ? 3 : pattern.AsSpan(At).StartsWith("(?") ? throw new ArgumentException("'(?' is not used here") : 1;
            var inner = Alternatives();
            if (AtEnd)
                throw new ArgumentException("a group is not closed");
            At++;
            return inner;
        }

        private (int Least, int Most) Repetition()
        {
            if (AtEnd)
                return (1, 1);
            switch (pattern[At])
            {
                case '?':
                    At++;
                    return (0, 1);
                case '*':
                    At++;
                    return (0, 2);
                case '+':
                    At++;
                    return (1, 2);
                case '{':
                    return Counted();
                default:
                    return (1, 1);
            }
        }

        private (int Least, int Most) Counted()
        {
            var end = pattern.IndexOf('}', At);
            if (end < 0)
                throw new ArgumentException("a repetition is not closed");
            var counts = pattern[(At + 1)..end].Split(',');
            At = end + 1;
            var least = int.Parse(counts[0], NumberStyles.None, CultureInfo.InvariantCulture);
            var most = counts.Length == 1 ? least : counts[1].Length == 0 ? least + 1 : int.Parse(counts[1], NumberStyles.None, CultureInfo.InvariantCulture);
            return (Math.Min(1, least), most);
        }

        private static bool IsPlain(char letter) => letter is not ('(' or '[' or '\\' or '.' or '^' or '$');

        private static FrozenSet<string>? Close(StringBuilder run)
        {
            if (run.Length == 0)
                return null;
            var words = new[] { run.ToString() }.ToFrozenSet();
            run.Clear();
            return words;
        }

        private static FrozenSet<string>? Better(FrozenSet<string>? one, FrozenSet<string>? other) =>
            one is null || (other is not null && Rank(other).CompareTo(Rank(one)) > 0) ? other : one;

        /// <summary>Long words are rare, and a Chinese character says more than a letter.</summary>
        private static (int Rare, int Few) Rank(FrozenSet<string> words) =>
            (words.Min(word => word.Sum(letter => WordingText.IsChinese(letter) ? 3 : 1)), -words.Count);
    }
}
