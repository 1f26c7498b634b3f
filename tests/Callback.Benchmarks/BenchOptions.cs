using System.Globalization;

namespace Callback.Benchmarks;

/// <summary>What to measure and how large.</summary>
/// <param name="Rows">Names of the rows; empty: all.</param>
/// <param name="Scale">1 is the full size: 10 M orders, 1 M queued calls, 10 M log rows.</param>
/// <param name="Rounds">Limit and product take turns this often; the medians make the ratio.</param>
/// <param name="Seconds">Length of one timed run.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Rows, double Scale, int Rounds, int Seconds)
{
    public const string Usage = "bench [hold|hold-http|gate|import|planner|log …] [--scale 0.1] [--rounds 3] [--seconds 5]";

    public int Orders => (int)(10_000_000 * Scale);

    public int Queued => (int)(1_000_000 * Scale);

    public int LogRows => (int)(10_000_000 * Scale);

    public int ImportRows => (int)(1_000_000 * Scale);

    public int Due => (int)(100_000 * Math.Min(1, Scale * 10));

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions([], 0.1, 3, 5);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--scale" => options with { Scale = double.Parse(Next(args, ref i), CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(Next(args, ref i), CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = int.Parse(Next(args, ref i), CultureInfo.InvariantCulture) },
                var row when !row.StartsWith('-') => options with { Rows = [.. options.Rows, row] },
                var unknown => throw new FormatException($"'{unknown}' is not an option. Usage: {Usage}"),
            };
        }
        return options;
    }

    private static string Next(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value. Usage: {Usage}");
}
