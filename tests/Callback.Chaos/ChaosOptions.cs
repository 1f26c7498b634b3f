using System.Globalization;

namespace Callback.Chaos;

/// <summary>What to run and how long.</summary>
/// <param name="Tests">Names of the tests; empty: all.</param>
/// <param name="Seed">Names the run: the same seed, the same choices.</param>
/// <param name="Long">The long form of every test.</param>
/// <param name="Seconds">Length of a test that goes by time; null: its own.</param>
/// <param name="Kills">Processes to be killed; null: the test's own number.</param>
/// <param name="Crashes">Times the database is stopped at once or killed; null: the test's own number.</param>
/// <param name="Calls">Calls that a storm asks the provider for; null: the test goes by its rings.</param>
/// <param name="Json">Print each storm's table as a JSON line, too.</param>
/// <param name="Together">The tests side by side: most of a control is waiting.</param>
/// <param name="Keep">Keep the folder of a run that passed, too.</param>
/// <param name="Holds">Holds of T1; null: 20,000, in the long form 1,000,000.</param>
/// <param name="Pace">Holds a second of T1; null: its own.</param>
internal sealed record ChaosOptions(IReadOnlyList<string> Tests, int Seed, bool Long, int? Seconds, int? Kills, int? Crashes, int? Calls, int? Holds, int? Pace, bool Json, bool Together, bool Keep)
{
    public const string Usage = "chaos [--long] [--seconds N] [--kills N] [--crashes N] [--calls N] [--holds N] [--pace N] [--seed S] [--json] [--together] [--keep] [T…]";

    /// <exception cref="FormatException">An unknown option, or one without its value.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions([], 4711, Long: false, null, null, null, null, null, null, Json: false, Together: false, Keep: false);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--long" => options with { Long = true },
                "--seed" => options with { Seed = Number(args, ref i) },
                "--seconds" => options with { Seconds = Number(args, ref i) },
                "--json" => options with { Json = true },
                "--keep" => options with { Keep = true },
                "--together" => options with { Together = true },
                "--crashes" => options with { Crashes = Number(args, ref i) },
                "--calls" => options with { Calls = Number(args, ref i) },
                "--kills" => options with { Kills = Number(args, ref i) },
                "--pace" => options with { Pace = Number(args, ref i) },
                "--holds" => options with { Holds = Number(args, ref i) },
                var test when !test.StartsWith('-') => options with { Tests = [.. options.Tests, test.ToUpperInvariant()] },
                var unknown => throw new FormatException($"'{unknown}' is not an option. Usage: {Usage}"),
            };
        }
        return options;
    }

    private static int Number(IReadOnlyList<string> args, ref int i) => ++i < args.Count && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"'{args[i - 1]}' needs a number. Usage: {Usage}");
}
