namespace Callback.Web.Components.Shared;

/// <summary>What was wrong in a form that came back, by field; cascades from <c>PostForm</c> to its fields.</summary>
public sealed record FormProblems(IReadOnlyList<Problem> All)
{
    public static readonly FormProblems None = new([]);

    public IEnumerable<Problem> Of(string field) => All.Where(problem => string.Equals(problem.Field, field, StringComparison.OrdinalIgnoreCase));
}
