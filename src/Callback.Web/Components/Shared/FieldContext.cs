namespace Callback.Web.Components.Shared;

/// <summary>What an input inside a <c>Field</c> must carry.</summary>
public sealed record FieldContext(string Id, string? DescribedBy, bool IsWrong)
{
    public string? Invalid => IsWrong ? "true" : null;
}
