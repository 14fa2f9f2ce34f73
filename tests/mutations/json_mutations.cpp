// SPDX-License-Identifier: AGPL-3.0-or-later
#include "json_mutations.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace mutations {

namespace {

// A value's place in the text; of objects the keys' places too.
struct Node {
    char kind = 0;  // { [ " number(0) word(w)
    std::size_t begin = 0, end = 0;
    std::vector<Node> children;
    std::vector<std::string> keys;
    std::vector<std::size_t> entries;  // where each child's entry begins: the key's quote, or the child itself
};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}
    Node whole() {
        Node node = value();
        if (at_ != text_.size()) throw std::runtime_error("text after the JSON value");
        return node;
    }

private:
    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    std::string_view string() {
        const std::size_t start = ++at_;
        while (here() != '"') {
            if (at_ >= text_.size()) throw std::runtime_error("endless string");
            at_ += here() == '\\' ? 2 : 1;
        }
        return text_.substr(start, at_++ - start);
    }
    Node value() {
        Node node;
        node.begin = at_;
        if (here() == '"') {
            node.kind = '"';
            string();
        } else if (here() == '{' || here() == '[') {
            node.kind = here();
            const char close = node.kind == '{' ? '}' : ']';
            ++at_;
            while (here() != close) {
                if (!node.children.empty()) ++at_;
                node.entries.push_back(at_);
                if (node.kind == '{') {
                    node.keys.emplace_back(string());
                    ++at_;
                }
                node.children.push_back(value());
            }
            ++at_;
        } else {
            while (at_ < text_.size() && std::string_view(",]}").find(here()) == std::string_view::npos) ++at_;
            if (at_ == node.begin) throw std::runtime_error("no JSON value");
            node.kind = text_[node.begin] >= '0' && text_[node.begin] <= '9' ? '0' : 'w';
        }
        node.end = at_;
        return node;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool is_decimal(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Mutator {
public:
    Mutator(const std::string& text, const Moduli& moduli) : text_(text), moduli_(moduli) {}

    std::vector<Mutation> all() {
        const Node root = Parser(text_).whole();
        visit(root, "");
        layout(root);
        return std::move(found_);
    }

private:
    void put(const std::string& path, std::string_view what, std::size_t begin, std::size_t end, std::string_view with) {
        std::string changed = text_.substr(0, begin) + std::string(with) + text_.substr(end);
        if (changed != text_) found_.push_back({path + ": " + std::string(what), std::move(changed)});
    }
    std::string_view piece(std::size_t begin, std::size_t end) const { return std::string_view(text_).substr(begin, end - begin); }

    void visit(const Node& node, const std::string& path) {
        put(path, "null", node.begin, node.end, "null");
        put(path, "in an array", node.begin, node.end, "[" + std::string(piece(node.begin, node.end)) + "]");
        if (node.kind == '"') return string(node, path);
        if (node.kind == '0') return number(node, path);
        if (node.kind == 'w') return word(node, path);
        entries(node, path);
        for (std::size_t i = 0; i < node.children.size(); ++i)
            visit(node.children[i],
                  node.kind == '{' ? (path.empty() ? "" : path + ".") + node.keys[i] : path + "[" + std::to_string(i) + "]");
    }

    void string(const Node& node, const std::string& path) {
        const std::string inside(piece(node.begin + 1, node.end - 1));
        const auto to = [&](std::string_view what, const std::string& value) {
            put(path, what, node.begin + 1, node.end - 1, value);
        };
        to("empty", "");
        to("longer", inside + "1");
        to("shorter", inside.substr(0, inside.size() - std::min<std::size_t>(inside.size(), 1)));
        to("NUL escaped", inside + "\\u0000");
        to("NUL", inside + std::string(1, '\0'));
        to("lone surrogate", inside + "\\ud800");
        to("not UTF-8", inside + "\xff");
        to("line break", inside + "\n");
        to("space before", " " + inside);
        if (inside.empty()) return;
        static constexpr char k_digits[] = "0123456789abcdef";
        const auto first = static_cast<unsigned char>(inside[0]);
        if (first < 0x80 && first != '\\') {
            to("first letter escaped", std::string("\\u00") + k_digits[first >> 4] + k_digits[first & 15] + inside.substr(1));
            to("other first letter", std::string(1, first == '1' ? '2' : '1') + inside.substr(1));
        }
        std::string upper = inside;
        for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (inside.find('\\') == std::string::npos) to("upper case", upper);
        for (const auto& [what, value] : moduli_.elements(inside)) to(what, value);
        if (!is_decimal(inside)) return;
        decimal(inside, to);
        put(path, "as a number", node.begin, node.end, inside);
    }

    template <class To>
    void decimal(const std::string& inside, To to) {
        to("plus 1", add_decimals(inside, "1"));
        if (inside != "0") to("minus 1", subtract_decimals(inside, "1"));
        to("zero", "0");
        to("one", "1");
        to("plus q", add_decimals(inside, moduli_.q));
        to("q", moduli_.q);
        if (is_below(inside, moduli_.q)) to("negative mod q", subtract_decimals(moduli_.q, inside));
        if (!moduli_.p.empty() && is_below(moduli_.q, inside)) {
            to("plus p", add_decimals(inside, moduli_.p));
            to("p", moduli_.p);
            if (is_below(inside, moduli_.p)) to("negative mod p", subtract_decimals(moduli_.p, inside));
        }
        for (const char* sign : {"0", "+", "-", "0x"}) to("with " + std::string(sign), sign + inside);
        to("with .0", inside + ".0");
        to("with e0", inside + "e0");
    }

    void number(const Node& node, const std::string& path) {
        const std::string inside(piece(node.begin, node.end));
        decimal(inside, [&](std::string_view what, const std::string& value) { put(path, what, node.begin, node.end, value); });
        put(path, "as a text", node.begin, node.end, "\"" + inside + "\"");
        put(path, "plus 2^62", node.begin, node.end, add_decimals(inside, "4611686018427387904"));
        put(path, "plus 2^63", node.begin, node.end, add_decimals(inside, "9223372036854775808"));
        put(path, "plus 2^64", node.begin, node.end, add_decimals(inside, "18446744073709551616"));
    }

    void word(const Node& node, const std::string& path) {
        put(path, "other word", node.begin, node.end, piece(node.begin, node.end) == "true" ? "false" : "true");
        put(path, "as a number", node.begin, node.end, "1");
        put(path, "as a text", node.begin, node.end, "\"" + std::string(piece(node.begin, node.end)) + "\"");
    }

    // Of an array or object.
    void entries(const Node& node, const std::string& path) {
        const std::size_t n = node.children.size();
        const char open = node.kind, close = open == '{' ? '}' : ']';
        const std::string extra = open == '{' ? "\"extra\":0" : "0";
        put(path, "emptied", node.begin, node.end, std::string{open, close});
        put(path, "comma at the end", node.end - 1, node.end - 1, ",");
        put(path, "entry more at the end", node.end - 1, node.end - 1, (n != 0 ? "," : "") + extra);
        put(path, "entry more at the start", node.begin + 1, node.begin + 1, extra + (n != 0 ? "," : ""));
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t begin = node.entries[i], end = node.children[i].end;
            const std::string entry(piece(begin, end)), which = std::to_string(i);
            if (n > 1) put(path, "entry " + which + " deleted", i == 0 ? begin : begin - 1, i == 0 ? end + 1 : end, "");
            put(path, "entry " + which + " doubled", end, end, "," + entry);
            if (i + 1 < n) {
                const std::size_t next = node.entries[i + 1], after = node.children[i + 1].end;
                put(path, "entries " + which + " and next swapped", begin, after, std::string(piece(next, after)) + "," + entry);
            }
            if (open != '{') continue;
            const std::string& key = node.keys[i];
            const auto with_key = [&](const std::string& name) { return "\"" + name + entry.substr(key.size() + 1); };
            static constexpr char k_digits[] = "0123456789abcdef";
            const auto first = static_cast<unsigned char>(key[0]);
            put(path, "key " + key + " renamed", begin, end, with_key(key + "_"));
            put(path, "key " + key + " escaped", begin, end,
                with_key(std::string("\\u00") + k_digits[first >> 4] + k_digits[first & 15] + key.substr(1)));
            put(path, "key " + key + " with NUL", begin, end, with_key(key + "\\u0000"));
            put(path, "key " + key + " before with null", begin, begin, "\"" + key + "\":null,");
            put(path, "key " + key + " again with null", end, end, ",\"" + key + "\":null");
            put(path, "space before " + key, begin, begin, " ");
            put(path, "space after " + key, begin + key.size() + 3, begin + key.size() + 3, " ");
        }
    }

    void layout(const Node& root) {
        const std::string nul(1, '\0');
        for (const std::string& before : {std::string(" "), std::string("\n"), std::string("\xEF\xBB\xBF"), nul, std::string("[]")})
            put("", "before it " + std::to_string(static_cast<unsigned char>(before[0])), root.begin, root.begin, before);
        for (const std::string& after :
             {std::string(" "), std::string("\n"), nul, nul + "{}", std::string("{}"), std::string("//"), std::string(",")})
            put("", "after it " + std::to_string(static_cast<unsigned char>(after[0])), root.end, root.end, after);
        put("", "cut", root.end - 1, root.end, "");
        put("", "nothing", root.begin, root.end, "");
    }

    const std::string& text_;
    const Moduli& moduli_;
    std::vector<Mutation> found_;
};

}  // namespace

std::string add_decimals(std::string_view a, std::string_view b) {
    std::string sum;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
        int digit = carry;
        if (i < a.size()) digit += a[a.size() - 1 - i] - '0';
        if (i < b.size()) digit += b[b.size() - 1 - i] - '0';
        sum += static_cast<char>('0' + digit % 10);
        carry = digit / 10;
    }
    std::reverse(sum.begin(), sum.end());
    return sum;
}

std::string subtract_decimals(std::string_view a, std::string_view b) {
    std::string difference;
    int borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        int digit = a[a.size() - 1 - i] - '0' - borrow - (i < b.size() ? b[b.size() - 1 - i] - '0' : 0);
        borrow = digit < 0 ? 1 : 0;
        difference += static_cast<char>('0' + digit + 10 * borrow);
    }
    while (difference.size() > 1 && difference.back() == '0') difference.pop_back();
    std::reverse(difference.begin(), difference.end());
    return difference;
}

bool is_below(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

std::vector<Mutation> mutate_json(const std::string& text, const Moduli& moduli) { return Mutator(text, moduli).all(); }

}  // namespace mutations
