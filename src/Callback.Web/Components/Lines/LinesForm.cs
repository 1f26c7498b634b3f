namespace Callback.Web.Components.Lines;

/// <summary>A form of the page that was refused: which one, why, and what was typed.</summary>
/// <param name="Key">Of which the page has one form each: <c>test</c>, a shop's code, a person's id.</param>
public sealed record LinesForm(string Key, IReadOnlyList<Problem> Problems, IFormCollection Typed)
{
    /// <summary>What was typed into the form of this key; null: another form was refused, or none.</summary>
    public static string? ValueOf(LinesForm? refused, string key, string field) => refused?.Key == key ? refused.Typed[field].ToString() : null;

    public static IReadOnlyList<Problem>? ProblemsOf(LinesForm? refused, string key) => refused?.Key == key ? refused.Problems : null;
}
