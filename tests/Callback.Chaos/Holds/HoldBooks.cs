using System.Globalization;
using System.Text;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Holds;

/// <summary>Reads what all workers wrote, and holds it against what the database witnessed.</summary>
internal sealed class HoldBooks
{
    private readonly Dictionary<string, long> read = [];
    private readonly Dictionary<Guid, DateTimeOffset> ends = [];
    private readonly List<int> times = [];
    private int warming;

    /// <summary>Holds that an agent was told of, those of processes that were still warming up too.</summary>
    public int Told => times.Count + warming;

    public int NothingWaiting { get; private set; }

    /// <summary>99th percentile in milliseconds.</summary>
    public double P99 => Percentile(0.99);

    public double Median => Percentile(0.5);

    /// <summary>Reads on where the last reading stopped.</summary>
    public void Read(IEnumerable<string> books)
    {
        foreach (var book in books.Where(File.Exists))
        {
            using var file = new FileStream(book, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = read.GetValueOrDefault(book);
            using var reader = new StreamReader(file, Encoding.ASCII);
            var text = reader.ReadToEnd();
            var whole = text.LastIndexOf('\n') + 1;
            foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Take(line.TrimEnd('\r').Split(','));
            // A line that is not whole yet is read again; it may be cut off by then.
            read[book] = read.GetValueOrDefault(book) + whole;
        }
    }

    /// <summary>Two agents with the same call at the same time, fences that do not rise, cards that the database knows nothing of.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(PgCluster cluster)
    {
        var holds = await cluster.ManyAsync(
            "select call, fence, hold, agent, at from witnessed_holds",
            row => (Call: row.GetGuid(0), Fence: row.GetInt64(1), Hold: row.GetGuid(2), Agent: row.GetGuid(3), At: row.GetFieldValue<DateTimeOffset>(4)));
        var faults = new List<string>();
        var known = holds.Select(hold => hold.Hold).ToHashSet();
        faults.AddRange(ends.Keys.Where(hold => !known.Contains(hold)).Select(hold => $"hold {hold} was told to an agent and never stood in the database"));
        foreach (var call in holds.GroupBy(hold => hold.Call))
        {
            var (before, until) = (default((Guid Call, long Fence, Guid Hold, Guid Agent, DateTimeOffset At)?), DateTimeOffset.MinValue);
            foreach (var hold in call.OrderBy(hold => hold.At))
            {
                if (hold.Fence <= before?.Fence)
                    faults.Add($"call {hold.Call}: fence {hold.Fence} after {before?.Fence}");
                if (hold.At < until)
                    faults.Add($"call {hold.Call}: held at {hold.At:O} while another agent had it until {until:O}");
                // What was written but never told to anybody (a worker died over it) held nobody's card.
                until = ends.TryGetValue(hold.Hold, out var end) && end > until ? end : until;
                before = hold;
            }
        }
        return faults;
    }

    private void Take(string[] line)
    {
        switch (line)
        {
            case ["T", var hold, var until, var microseconds]:
                ends[Guid.Parse(hold)] = Instant(until);
                times.Add(int.Parse(microseconds, CultureInfo.InvariantCulture));
                break;
            case ["W", var hold, var until]:
                ends[Guid.Parse(hold)] = Instant(until);
                warming++;
                break;
            case ["R", var hold, var at]:
                ends[Guid.Parse(hold)] = Instant(at);
                break;
            case ["N"]:
                NothingWaiting++;
                break;
            default:
                throw new FormatException($"'{string.Join(',', line)}' is no line of a book.");
        }
    }

    private static DateTimeOffset Instant(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private double Percentile(double share)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)(sorted.Length * share)] / 1000.0;
    }
}
