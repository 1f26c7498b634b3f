using System.Diagnostics;
using Callback.Benchmarks;
using Callback.Benchmarks.Rows;

// Prints, row by row, what bare PostgreSQL does on this machine, what the product does in the same run, and the ratio of the medians.
var options = BenchOptions.Parse(args);
var rows = new (string Name, Func<Stage, BenchOptions, Task<IReadOnlyList<Measured>>> Run)[]
{
    ("hold", HoldRow.RunAsync),
    ("hold-http", HoldHttpRow.RunAsync),
    ("gate", GateRow.RunAsync),
    ("import", ImportRow.RunAsync),
    ("planner", PlannerRow.RunAsync),
    ("log", LogRow.RunAsync),
};
if (options.Rows.Except(rows.Select(row => row.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no row '{unknown}'. Usage: {BenchOptions.Usage}");
    return 2;
}
Console.WriteLine(Measured.Head);
var all = true;
foreach (var (name, run) in rows.Where(row => options.Rows.Count == 0 || options.Rows.Contains(row.Name)))
{
    var clock = Stopwatch.StartNew();
    await using var stage = await Stage.OpenAsync();
    await Shops.OpenAsync(stage);
    foreach (var measured in await run(stage, options))
    {
        Console.WriteLine(measured);
        all &= measured.Reached;
    }
    Console.Error.WriteLine($"({name}: {clock.Elapsed.TotalSeconds:0} s)");
}
return all ? 0 : 1;
