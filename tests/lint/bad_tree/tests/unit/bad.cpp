class T {
    Q_OBJECT
};
auto t = R"(x)";
