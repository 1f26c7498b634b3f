using System.Globalization;

namespace Callback.Benchmarks;

/// <summary>One line of the report: a figure of bare PostgreSQL and the product's, measured in turns.</summary>
/// <param name="Reach">What the product must reach, as the ratio in words, for example "≥ 0.65".</param>
/// <param name="Reached">Whether the ratio does.</param>
internal sealed record Measured(string Name, double Limit, double Product, string Unit, string Reach, bool Reached)
{
    public double Ratio => Product / Limit;

    /// <summary>For rates: more is better.</summary>
    public static Measured AtLeast(string name, IEnumerable<double> limit, IEnumerable<double> product, string unit, double ratio)
    {
        var (bare, ours) = (Median(limit), Median(product));
        return new(name, bare, ours, unit, string.Create(CultureInfo.InvariantCulture, $"≥ {ratio:0.##}"), ours / bare >= ratio);
    }

    /// <summary>For times: less is better.</summary>
    public static Measured AtMost(string name, IEnumerable<double> limit, IEnumerable<double> product, string unit, double ratio)
    {
        var (bare, ours) = (Median(limit), Median(product));
        return new(name, bare, ours, unit, string.Create(CultureInfo.InvariantCulture, $"≤ {ratio:0.##}"), ours / bare <= ratio);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name,-46} {Limit,12:#,##0.0} {Product,12:#,##0.0} {Unit,-8} {Ratio,7:0.00}  {Reach,-7} {(Reached ? "reached" : "SHORT")}");

    public static string Head => string.Create(CultureInfo.InvariantCulture, $"{"row",-46} {"limit",12} {"product",12} {"unit",-8} {"ratio",7}  {"reach",-7}");
}
